/**
 * Every time zone of the tz database (2025b): the names of its zone.tab and of its fixed offsets, each with
 * the names that its backward links give it, after an equals sign. Where the database links a name to another
 * place that keeps the same time (Iceland to Abidjan), it stands with its own place, as CLDR has it. A name
 * that begins with / lies in no area or in another one. A newer database is written in by hand; the tests
 * tell which names an engine knows beyond these.
 */
export const timeZoneNames = `
Africa: Abidjan Accra Addis_Ababa Algiers Asmara=Asmera Bamako=Timbuktu Bangui Banjul Bissau Blantyre
Africa: Brazzaville Bujumbura Cairo=/Egypt Casablanca Ceuta Conakry Dakar Dar_es_Salaam Djibouti Douala
Africa: El_Aaiun Freetown Gaborone Harare Johannesburg Juba Kampala Khartoum Kigali Kinshasa Lagos
Africa: Libreville Lome Luanda Lubumbashi Lusaka Malabo Maputo Maseru Mbabane Mogadishu Monrovia Nairobi
Africa: Ndjamena Niamey Nouakchott Ouagadougou Porto-Novo Sao_Tome Tripoli=/Libya Tunis Windhoek
America: Adak=Atka=/US/Aleutian Anchorage=/US/Alaska Anguilla Antigua Araguaina
America: Argentina/Buenos_Aires=Buenos_Aires Argentina/Catamarca=Argentina/ComodRivadavia=Catamarca
America: Argentina/Cordoba=Cordoba=Rosario Argentina/Jujuy=Jujuy Argentina/La_Rioja
America: Argentina/Mendoza=Mendoza Argentina/Rio_Gallegos Argentina/Salta Argentina/San_Juan
America: Argentina/San_Luis Argentina/Tucuman Argentina/Ushuaia Aruba Asuncion Atikokan=Coral_Harbour Bahia
America: Bahia_Banderas Barbados Belem Belize Blanc-Sablon Boa_Vista Bogota Boise Cambridge_Bay Campo_Grande
America: Cancun Caracas Cayenne Cayman Chicago=/CST6CDT=/US/Central Chihuahua Ciudad_Juarez Costa_Rica
America: Coyhaique Creston Cuiaba Curacao Danmarkshavn Dawson Dawson_Creek
America: Denver=Shiprock=/MST7MDT=/Navajo=/US/Mountain Detroit=/US/Michigan Dominica
America: Edmonton=Yellowknife=/Canada/Mountain Eirunepe El_Salvador Fort_Nelson Fortaleza Glace_Bay
America: Goose_Bay Grand_Turk Grenada Guadeloupe Guatemala Guayaquil Guyana Halifax=/Canada/Atlantic
America: Havana=/Cuba Hermosillo Indiana/Indianapolis=Fort_Wayne=Indianapolis=/US/East-Indiana
America: Indiana/Knox=Knox_IN=/US/Indiana-Starke Indiana/Marengo Indiana/Petersburg Indiana/Tell_City
America: Indiana/Vevay Indiana/Vincennes Indiana/Winamac Inuvik Iqaluit=Pangnirtung Jamaica=/Jamaica Juneau
America: Kentucky/Louisville=Louisville Kentucky/Monticello Kralendijk La_Paz Lima
America: Los_Angeles=/PST8PDT=/US/Pacific Lower_Princes Maceio Managua Manaus=/Brazil/West Marigot
America: Martinique Matamoros Mazatlan=/Mexico/BajaSur Menominee Merida Metlakatla
America: Mexico_City=/Mexico/General Miquelon Moncton Monterrey Montevideo Montserrat Nassau
America: New_York=/EST5EDT=/US/Eastern Nome Noronha=/Brazil/DeNoronha North_Dakota/Beulah
America: North_Dakota/Center North_Dakota/New_Salem Nuuk=Godthab Ojinaga Panama=/EST Paramaribo
America: Phoenix=/MST=/US/Arizona Port-au-Prince Port_of_Spain Porto_Velho Puerto_Rico Punta_Arenas
America: Rankin_Inlet Recife Regina=/Canada/Saskatchewan Resolute Rio_Branco=Porto_Acre=/Brazil/Acre
America: Santarem Santiago=/Chile/Continental Santo_Domingo Sao_Paulo=/Brazil/East Scoresbysund Sitka
America: St_Barthelemy St_Johns=/Canada/Newfoundland St_Kitts St_Lucia St_Thomas=Virgin St_Vincent
America: Swift_Current Tegucigalpa Thule Tijuana=Ensenada=Santa_Isabel=/Mexico/BajaNorte
America: Toronto=Montreal=Nipigon=Thunder_Bay=/Canada/Eastern Tortola Vancouver=/Canada/Pacific
America: Whitehorse=/Canada/Yukon Winnipeg=Rainy_River=/Canada/Central Yakutat
Antarctica: Casey Davis DumontDUrville Macquarie Mawson McMurdo=South_Pole Palmer Rothera Syowa Troll Vostok
Arctic: Longyearbyen=/Atlantic/Jan_Mayen
Asia: Aden Almaty Amman Anadyr Aqtau Aqtobe Ashgabat=Ashkhabad Atyrau Baghdad Bahrain Baku Bangkok Barnaul
Asia: Beirut Bishkek Brunei Chita Colombo Damascus Dhaka=Dacca Dili Dubai Dushanbe Famagusta Gaza Hebron
Asia: Ho_Chi_Minh=Saigon Hong_Kong=/Hongkong Hovd Irkutsk Jakarta Jayapura Jerusalem=Tel_Aviv=/Israel Kabul
Asia: Kamchatka Karachi Kathmandu=Katmandu Khandyga Kolkata=Calcutta Krasnoyarsk Kuala_Lumpur Kuching Kuwait
Asia: Macau=Macao Magadan Makassar=Ujung_Pandang Manila Muscat Nicosia=/Europe/Nicosia Novokuznetsk
Asia: Novosibirsk Omsk Oral Phnom_Penh Pontianak Pyongyang Qatar Qostanay Qyzylorda Riyadh Sakhalin
Asia: Samarkand Seoul=/ROK Shanghai=Chongqing=Chungking=Harbin=/PRC Singapore=/Singapore Srednekolymsk
Asia: Taipei=/ROC Tashkent Tbilisi Tehran=/Iran Thimphu=Thimbu Tokyo=/Japan Tomsk
Asia: Ulaanbaatar=Choibalsan=Ulan_Bator Urumqi=Kashgar Ust-Nera Vientiane Vladivostok Yakutsk Yangon=Rangoon
Asia: Yekaterinburg Yerevan
Atlantic: Azores Bermuda Canary Cape_Verde Faroe=Faeroe Madeira Reykjavik=/Iceland South_Georgia St_Helena
Atlantic: Stanley
Australia: Adelaide=South Brisbane=Queensland Broken_Hill=Yancowinna Darwin=North Eucla
Australia: Hobart=Currie=Tasmania Lindeman Lord_Howe=LHI Melbourne=Victoria Perth=West
Australia: Sydney=ACT=Canberra=NSW
Etc: GMT=GMT+0=GMT-0=GMT0=Greenwich=/GMT=/GMT+0=/GMT-0=/GMT0=/Greenwich GMT+1 GMT+10 GMT+11 GMT+12 GMT+2
Etc: GMT+3 GMT+4 GMT+5 GMT+6 GMT+7 GMT+8 GMT+9 GMT-1 GMT-10 GMT-11 GMT-12 GMT-13 GMT-14 GMT-2 GMT-3 GMT-4
Etc: GMT-5 GMT-6 GMT-7 GMT-8 GMT-9 UTC=UCT=Universal=Zulu=/UCT=/UTC=/Universal=/Zulu
Europe: Amsterdam Andorra Astrakhan Athens=/EET Belgrade Berlin Bratislava Brussels=/CET=/MET Bucharest
Europe: Budapest Busingen Chisinau=Tiraspol Copenhagen Dublin=/Eire Gibraltar Guernsey Helsinki Isle_of_Man
Europe: Istanbul=/Asia/Istanbul=/Turkey Jersey Kaliningrad Kirov Kyiv=Kiev=Uzhgorod=Zaporozhye
Europe: Lisbon=/Portugal=/WET Ljubljana London=Belfast=/GB=/GB-Eire Luxembourg Madrid Malta Mariehamn Minsk
Europe: Monaco Moscow=/W-SU Oslo Paris Podgorica Prague Riga Rome Samara San_Marino Sarajevo Saratov
Europe: Simferopol Skopje Sofia Stockholm Tallinn Tirane Ulyanovsk Vaduz Vatican Vienna Vilnius Volgograd
Europe: Warsaw=/Poland Zagreb Zurich
Indian: Antananarivo Chagos Christmas Cocos Comoro Kerguelen Mahe Maldives Mauritius Mayotte Reunion
Pacific: Apia Auckland=/NZ Bougainville Chatham=/NZ-CHAT Chuuk=Truk=Yap Easter=/Chile/EasterIsland Efate
Pacific: Fakaofo Fiji Funafuti Galapagos Gambier Guadalcanal Guam Honolulu=/HST=Johnston=/US/Hawaii
Pacific: Kanton=Enderbury Kiritimati Kosrae Kwajalein=/Kwajalein Majuro Marquesas Midway Nauru Niue Norfolk
Pacific: Noumea Pago_Pago=Samoa=/US/Samoa Palau Pitcairn Pohnpei=Ponape Port_Moresby Rarotonga Saipan Tahiti
Pacific: Tarawa Tongatapu Wake Wallis
`;
