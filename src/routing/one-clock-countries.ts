/**
 * The countries in which every clock shows the same time, each with the zone of its capital: those of
 * zone.tab (2025b) whose zones do not differ in 2026 and 2027, and the codes that numbers have beside them
 * (Kosovo, Ascension, Tristan da Cunha). A table of our own, because engines differ in what they know, and
 * browser and server must name the same zone. The tests tell when an engine's clocks say otherwise.
 */
const table = `
Africa: AO=Luanda BF=Ouagadougou BI=Bujumbura BJ=Porto-Novo BW=Gaborone CF=Bangui CG=Brazzaville
Africa: CI=Abidjan CM=Douala DJ=Djibouti DZ=Algiers EG=Cairo EH=El_Aaiun ER=Asmara ET=Addis_Ababa
Africa: GA=Libreville GH=Accra GM=Banjul GN=Conakry GQ=Malabo GW=Bissau KE=Nairobi LR=Monrovia LS=Maseru
Africa: LY=Tripoli MA=Casablanca ML=Bamako MR=Nouakchott MW=Blantyre MZ=Maputo NA=Windhoek NE=Niamey
Africa: NG=Lagos RW=Kigali SD=Khartoum SL=Freetown SN=Dakar SO=Mogadishu SS=Juba ST=Sao_Tome SZ=Mbabane
Africa: TD=Ndjamena TG=Lome TN=Tunis TZ=Dar_es_Salaam UG=Kampala ZA=Johannesburg ZM=Lusaka ZW=Harare
America: AG=Antigua AI=Anguilla AR=Argentina/Buenos_Aires AW=Aruba BB=Barbados BL=St_Barthelemy
America: BO=La_Paz BQ=Kralendijk BS=Nassau BZ=Belize CO=Bogota CR=Costa_Rica CU=Havana CW=Curacao
America: DM=Dominica DO=Santo_Domingo GD=Grenada GF=Cayenne GP=Guadeloupe GT=Guatemala GY=Guyana
America: HN=Tegucigalpa HT=Port-au-Prince JM=Jamaica KN=St_Kitts KY=Cayman LC=St_Lucia MF=Marigot
America: MQ=Martinique MS=Montserrat NI=Managua PA=Panama PE=Lima PM=Miquelon PR=Puerto_Rico PY=Asuncion
America: SR=Paramaribo SV=El_Salvador SX=Lower_Princes TC=Grand_Turk TT=Port_of_Spain UY=Montevideo
America: VC=St_Vincent VE=Caracas VG=Tortola VI=St_Thomas
Arctic: SJ=Longyearbyen
Asia: AE=Dubai AF=Kabul AM=Yerevan AZ=Baku BD=Dhaka BH=Bahrain BN=Brunei BT=Thimphu CY=Nicosia
Asia: GE=Tbilisi HK=Hong_Kong IL=Jerusalem IN=Kolkata IQ=Baghdad IR=Tehran JO=Amman JP=Tokyo KG=Bishkek
Asia: KH=Phnom_Penh KP=Pyongyang KR=Seoul KW=Kuwait KZ=Almaty LA=Vientiane LB=Beirut LK=Colombo
Asia: MM=Yangon MO=Macau MY=Kuala_Lumpur NP=Kathmandu OM=Muscat PH=Manila PK=Karachi PS=Gaza QA=Qatar
Asia: SA=Riyadh SG=Singapore SY=Damascus TH=Bangkok TJ=Dushanbe TL=Dili TM=Ashgabat TW=Taipei
Asia: UZ=Tashkent VN=Ho_Chi_Minh YE=Aden
Atlantic: AC=St_Helena BM=Bermuda CV=Cape_Verde FK=Stanley FO=Faroe GS=South_Georgia IS=Reykjavik
Atlantic: SH=St_Helena TA=St_Helena
Europe: AD=Andorra AL=Tirane AT=Vienna AX=Mariehamn BA=Sarajevo BE=Brussels BG=Sofia BY=Minsk CH=Zurich
Europe: CZ=Prague DE=Berlin DK=Copenhagen EE=Tallinn FI=Helsinki FR=Paris GB=London GG=Guernsey
Europe: GI=Gibraltar GR=Athens HR=Zagreb HU=Budapest IE=Dublin IM=Isle_of_Man IT=Rome JE=Jersey LI=Vaduz
Europe: LT=Vilnius LU=Luxembourg LV=Riga MC=Monaco MD=Chisinau ME=Podgorica MK=Skopje MT=Malta
Europe: NL=Amsterdam NO=Oslo PL=Warsaw RO=Bucharest RS=Belgrade SE=Stockholm SI=Ljubljana SK=Bratislava
Europe: SM=San_Marino TR=Istanbul VA=Vatican XK=Belgrade
Indian: CC=Cocos CX=Christmas IO=Chagos KM=Comoro MG=Antananarivo MU=Mauritius MV=Maldives RE=Reunion
Indian: SC=Mahe TF=Kerguelen YT=Mayotte
Pacific: AS=Pago_Pago CK=Rarotonga FJ=Fiji GU=Guam MH=Majuro MP=Saipan NC=Noumea NF=Norfolk NR=Nauru
Pacific: NU=Niue PN=Pitcairn PW=Palau SB=Guadalcanal TK=Fakaofo TO=Tongatapu TV=Funafuti VU=Efate
Pacific: WF=Wallis WS=Apia
`;

const read = (): Map<string, string> =>
  new Map(
    table
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [area = '', entries = ''] = line.split(': ');
        return entries.split(' ').map((entry): [string, string] => {
          const [country = '', place = ''] = entry.split('=');
          return [country, `${area}/${place}`];
        });
      }),
  );

let zones: ReadonlyMap<string, string> | undefined;

/** By country, ISO 3166 alpha-2: its one zone, under the name of today. */
export const oneClockZones = (): ReadonlyMap<string, string> => (zones ??= read());
