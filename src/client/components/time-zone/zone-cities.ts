/**
 * What people call a time zone beside its names: the abbreviations that its clocks have in the tz database
 * (2025b), and its large cities that are in none of its names, the largest first (from the npm package
 * city-timezones 1.3.4, MIT). A line that begins with spaces goes on with the zone before.
 */
export const zoneCities = `
Africa/Abidjan: GMT
Africa/Accra: GMT, Kumasi
Africa/Addis_Ababa: EAT
Africa/Algiers: CET
Africa/Asmara: EAT
Africa/Bamako: GMT
Africa/Bangui: WAT
Africa/Banjul: GMT
Africa/Bissau: GMT
Africa/Blantyre: CAT
Africa/Brazzaville: WAT
Africa/Bujumbura: CAT
Africa/Cairo: EEST, EET, Alexandria, El Giza
Africa/Casablanca: Rabat, Fez
Africa/Ceuta: CEST, CET
Africa/Conakry: GMT
Africa/Dakar: GMT
Africa/Dar_es_Salaam: EAT
Africa/Djibouti: EAT
Africa/Douala: WAT, Yaounde
Africa/Freetown: GMT
Africa/Gaborone: CAT
Africa/Harare: CAT
Africa/Johannesburg: SAST, Cape Town, Durban, Benoni, Pretoria
Africa/Juba: CAT
Africa/Kampala: EAT
Africa/Khartoum: CAT, Omdurman
Africa/Kigali: CAT
Africa/Kinshasa: WAT
Africa/Lagos: WAT, Kano, Ibadan, Kaduna, Port Harcourt, Benin City
Africa/Libreville: WAT
Africa/Lome: GMT
Africa/Luanda: WAT, Huambo
Africa/Lubumbashi: CAT, Mbuji-Mayi
Africa/Lusaka: CAT
Africa/Malabo: WAT
Africa/Maputo: CAT
Africa/Maseru: SAST
Africa/Mbabane: SAST
Africa/Mogadishu: EAT
Africa/Monrovia: GMT
Africa/Nairobi: EAT
Africa/Ndjamena: WAT
Africa/Niamey: WAT
Africa/Nouakchott: GMT
Africa/Ouagadougou: GMT
Africa/Porto-Novo: WAT
Africa/Sao_Tome: GMT
Africa/Tripoli: EET
Africa/Tunis: CEST
Africa/Windhoek: CAT
America/Adak: HDT, HST
America/Anchorage: AKDT, AKST
America/Anguilla: AST
America/Antigua: AST
America/Aruba: AST
America/Atikokan: EST
America/Bahia: Salvador
America/Bahia_Banderas: CDT
America/Barbados: ADT
America/Belize: CST
America/Blanc-Sablon: AST
America/Bogota: Medellin, Cali, Barranquilla
America/Boise: MDT, MST
America/Cambridge_Bay: MDT, MST
America/Cancun: EST
America/Caracas: Maracaibo, Valencia, Maracay, Barquisimeto
America/Cayman: EST
America/Chicago: CDT, CST, Houston, Dallas, Minneapolis, San Antonio, St. Louis, Fort Worth, Milwaukee,
  Kansas City, Austin, Memphis, Nashville, Birmingham, Tulsa, Oklahoma City, Omaha, Grand Prairie,
  New Orleans, St. Paul, Pasadena, Wichita, Joliet
America/Chihuahua: CST
America/Ciudad_Juarez: MDT, MST
America/Costa_Rica: CDT
America/Creston: MST
America/Curacao: AST
America/Danmarkshavn: GMT
America/Dawson: MST
America/Dawson_Creek: MST
America/Denver: MDT, MST, Albuquerque, El Paso, Salt Lake City, Aurora, Colorado Springs
America/Detroit: EDT, EST, Grand Rapids
America/Dominica: AST
America/Edmonton: MDT, MST, Calgary
America/El_Salvador: CDT
America/Fort_Nelson: MST
America/Fortaleza: Natal
America/Glace_Bay: ADT, AST
America/Goose_Bay: ADT, AST
America/Grand_Turk: EDT, EST
America/Grenada: AST
America/Guadeloupe: AST
America/Guatemala: CDT
America/Guayaquil: Quito
America/Halifax: ADT, AST
America/Havana: CST, CDT
America/Hermosillo: MST
America/Indiana/Indianapolis: EDT, EST
America/Indiana/Knox: CDT, CST
America/Indiana/Marengo: EDT, EST
America/Indiana/Petersburg: EDT, EST
America/Indiana/Tell_City: CDT, CST
America/Indiana/Vevay: EDT, EST
America/Indiana/Vincennes: EDT, EST
America/Indiana/Winamac: EDT, EST
America/Inuvik: MDT, MST
America/Iqaluit: EDT, EST
America/Jamaica: EST
America/Juneau: AKDT, AKST
America/Kentucky/Louisville: EDT, EST
America/Kentucky/Monticello: EDT, EST
America/La_Paz: Santa Cruz
America/Los_Angeles: PDT, PST, San Francisco, San Diego, Seattle, Irvine, San Jose, Long Beach, Portland,
  Las Vegas, Sacramento, San Bernardino, Oakland, Fresno, Stockton, Tacoma, Oceanside, Bakersfield,
  San Mateo
America/Managua: CDT
America/Manaus: Natal
America/Martinique: AST
America/Matamoros: CDT, CST
America/Mazatlan: MDT
America/Menominee: CDT, CST
America/Merida: CDT
America/Metlakatla: AKDT, AKST
America/Mexico_City: CDT, Guadalajara, Puebla, Leon, Toluca, Nezahualcoyotl
America/Moncton: ADT, AST
America/Monterrey: CDT
America/Montserrat: AST
America/Nassau: EDT, EST
America/New_York: EDT, EST, Philadelphia, Miami, Boston, Atlanta, Washington, Pittsburgh, Baltimore, Tampa,
  Cleveland, Fort Lauderdale, Columbus, Cincinnati, Charlotte, Jacksonville, Virginia Beach, Raleigh,
  Orlando, New Haven, West Palm Beach, Providence, Buffalo, Norfolk, Bridgeport, Richmond, St. Petersburg,
  Hartford, Albany, Rochester, Dayton, Akron, Stamford, Knoxville, Lowell, Syracuse, Toledo
America/Nome: AKDT, AKST
America/North_Dakota/Beulah: CDT, CST
America/North_Dakota/Center: CDT, CST
America/North_Dakota/New_Salem: CDT, CST
America/Ojinaga: CDT, CST, Ciudad Juarez
America/Panama: EST
America/Phoenix: MST, Mesa, Tucson, Glendale
America/Port-au-Prince: EDT, EST
America/Port_of_Spain: AST
America/Puerto_Rico: AST, San Juan
America/Rankin_Inlet: CDT, CST
America/Regina: CST
America/Resolute: CDT, CST
America/Santo_Domingo: AST, Santiago
America/Sao_Paulo: Rio de Janeiro, Belo Horizonte, Brasilia, Porto Alegre, Curitiba, Campinas, Goiania,
  Santos, Vitoria, Niteroi
America/Sitka: AKDT, AKST
America/St_Johns: NDT, NST
America/St_Kitts: AST
America/St_Lucia: AST
America/St_Thomas: AST
America/St_Vincent: AST
America/Swift_Current: CST
America/Tegucigalpa: CDT
America/Thule: ADT, AST
America/Tijuana: PDT, PST
America/Toronto: EDT, EST, Ottawa, Hamilton, Quebec, Kitchener
America/Tortola: AST
America/Vancouver: PDT, PST
America/Whitehorse: MST
America/Winnipeg: CDT, CST
America/Yakutat: AKDT, AKST
Antarctica/Macquarie: AEDT, AEST
Antarctica/McMurdo: NZDT, NZST
Asia/Aden: Sanaa
Asia/Baghdad: Mosul
Asia/Beirut: EEST, EET
Asia/Damascus: Aleppo
Asia/Dhaka: Chittagong, Chattogram, Khulna, Rajshahi, Comilla, Cumilla, Mymensingh, Rangpur
Asia/Dubai: Sharjah, Abu Dhabi, Al Ayn
Asia/Famagusta: EEST, EET
Asia/Gaza: EEST, EET
Asia/Hebron: EEST, EET
Asia/Ho_Chi_Minh: Ho Chi Minh City, Hanoi, Haiphong, Da Nang
Asia/Hong_Kong: HKST
Asia/Jakarta: WIB, Surabaya, Bandung, Bekasi, Medan, Palembang, Semarang, Cilacap
Asia/Jayapura: WIT
Asia/Jerusalem: IDT, IST, Tel Aviv-Yafo, Haifa
Asia/Karachi: PKT, Lahore, Faisalabad, Saidu, Rawalpindi, Multan, Gujranwala, Hyderabad, Peshawar,
  Abbottabad
Asia/Kolkata: IST, Mumbai, Bombay, Delhi, Bengaluru, Bangalore, Chennai, Madras, Hyderabad, Ahmedabad, Pune,
  Surat, Kanpur, Haora, Jaipur, Lucknow, Nagpur, Indore, Patna, Bhopal, Ludhiana, Vadodara, Kalyan, Agra,
  Faridabad, Nasik, Asansol, Coimbatore, Meerut, Vishakhapatnam, Ghaziabad, Varanasi, Rajkot, Jabalpur,
  Amritsar, Prayagraj, Madurai, Bhilai, Chhatrapati Sambhajinagar, Kochi, Srinagar, Warangal, Sholapur,
  Vijayawada, Jodhpur, Jamshedpur, Chandigarh, Ranchi, Gwalior
Asia/Kuala_Lumpur: George Town, Kelang
Asia/Macau: CDT
Asia/Makassar: WITA, Ujungpandang
Asia/Manila: PDT, Quezon City, Davao
Asia/Nicosia: EEST, EET
Asia/Pontianak: WIB
Asia/Pyongyang: KST
Asia/Qatar: Doha
Asia/Riyadh: Jeddah, Ad Damman, Makkah, Medina, Al Hillah, At Taif, Al Hufuf, Tabuk
Asia/Seoul: KDT, Busan, Incheon, Daegu, Daejeon, Gwangju, Masan, Suwon, Ulsan, Songnam, Goyang
Asia/Shanghai: CST, Beijing, Guangzhou, Wuhan, Tianjin, Dongguan, Shenzhen, Shenyeng, Chengdu, Xian, Nanjing,
  Hechi, Changchun, Taiyuan, Dalian, Hangzhou, Zhangzhou, Jinan, Guiyang, Changsha, Zhengzhou, Lanzhou,
  Qingdao, Shijianzhuang, Xiangtan, Nanchong, Jilin, Nanchang, Kunming, Suzhou, Fuzhou, Zibo, Shuyang,
  Tangshan, Hefei, Wanxian, Xuzhou, Taian, Wenzhou, Haikou, Luoyang, Xiamen, Luzhou, Handan, Nanning,
  Shantou, Datong, Liuzhou, Fushun, Wuxi, Suining, Anshan, Yantai, Xinyang, Luan, Jinxi, Ningbo, Qiqihar,
  Hohhot, Huainan, Baotou, Ganzhou, Linyi, Zaozhuang, Changzhou, Xianyang, Nanyang, Baoding, Ankang, Zhuhai,
  Neijiang, Maanshan, Changde, Yichun, Weifang, Shangqiu, Xinyi, Mudangiang, Daqing, Jianmen, Baoshan, Benxi,
  Shangrao, Huaiyin, Huaibei, Xining
Asia/Taipei: CDT, New Taipei, Kaohsiung, Taichung, Tainan, Zhongli
Asia/Tehran: Mashhad, Isfahan, Karaj, Tabriz, Shiraz, Qom, Ahvaz
Asia/Tokyo: JST, Osaka, Yokohama, Nagoya, Sapporo, Fukuoka, Sendai, Kyoto, Hiroshima, Kobe, Kawasaki,
  Kitakyushu
Asia/Urumqi: Maoming, Zhanjiang
Asia/Yangon: Mandalay
Asia/Yekaterinburg: Chelyabinsk, Ufa
Atlantic/Bermuda: ADT, AST
Atlantic/Canary: WEST, WET
Atlantic/Faroe: WEST, WET
Atlantic/Madeira: WEST, WET, Funchal
Atlantic/Reykjavik: GMT
Atlantic/St_Helena: GMT
Australia/Adelaide: ACST, ACDT
Australia/Brisbane: AEST, Gold Coast
Australia/Broken_Hill: ACST, ACDT
Australia/Darwin: ACST
Australia/Hobart: AEDT, AEST
Australia/Lindeman: AEST
Australia/Melbourne: AEST, AEDT, Cranbourne
Australia/Perth: AWST
Australia/Sydney: AEST, AEDT, Newcastle, Wollongong
Etc/UTC: UTC
Europe/Amsterdam: CEST, CET, The Hague, Rotterdam, Utrecht, Eindhoven
Europe/Andorra: CEST, CET
Europe/Athens: EEST, EET
Europe/Belgrade: CEST, CET
Europe/Berlin: CEST, CET, Frankfurt, Stuttgart, Hamburg, Mannheim, Munich, Essen, Cologne, Dusseldorf,
  Duisburg, Bremen, Hannover, Nurnberg, Dortmund, Wuppertal, Dresden, Leipzig, Bonn, Saarbrucken, Wiesbaden
Europe/Brussels: CEST, CET, Antwerpen, Liege, Gent
Europe/Bucharest: EEST, EET
Europe/Budapest: CEST, CET
Europe/Chisinau: EEST, EET
Europe/Copenhagen: CEST, CET, Kobenhavn, Aarhus
Europe/Dublin: IST, GMT, Cork
Europe/Gibraltar: CEST, CET
Europe/Guernsey: GMT, BST
Europe/Helsinki: EEST, EET, Tampere
Europe/Isle_of_Man: GMT, BST
Europe/Istanbul: Ankara, Izmir, Bursa, Adana, Gaziantep
Europe/Jersey: GMT, BST
Europe/Kaliningrad: EET
Europe/Kirov: MSK
Europe/Kyiv: EEST, EET, Kharkiv, Dnipropetrovsk
Europe/Lisbon: WEST, WET, Porto, Braga
Europe/Ljubljana: CEST, CET
Europe/London: GMT, BST, Birmingham, Manchester, Leeds, Sheffield, Glasgow, Liverpool, Cardiff, Nottingham,
  Newcastle, Bristol, Edinburgh
Europe/Luxembourg: CEST, CET
Europe/Madrid: CEST, CET, Barcelona, Seville, Valencia, Bilbao, Zaragoza, Malaga
Europe/Malta: CEST, CET
Europe/Monaco: CEST, CET
Europe/Moscow: MSK, St. Petersburg, Nizhny Novgorod, Rostov, Kazan
Europe/Oslo: CEST, CET, Bergen
Europe/Paris: CEST, CET, Marseille, Lyon, Toulouse, Lille, Nice, Bordeaux
Europe/Prague: CEST, CET
Europe/Riga: EEST, EET
Europe/Rome: CEST, CET, Milan, Naples, Turin, Florence, Palermo, Genoa, Salerno, Catania, Bologna, Bari
Europe/Sarajevo: CEST, CET
Europe/Simferopol: MSK
Europe/Skopje: CEST, CET
Europe/Sofia: EEST, EET
Europe/Stockholm: CEST, CET, Goteborg, Malmo
Europe/Tallinn: EEST, EET
Europe/Tirane: CEST, CET
Europe/Vaduz: CEST, CET
Europe/Vienna: CEST, CET, Linz, Graz
Europe/Vilnius: EEST, EET
Europe/Volgograd: MSK
Europe/Warsaw: CEST, CET, Katowice, Lodz, Krakow, Wroclaw, Gdansk, Poznan
Europe/Zagreb: CEST, CET
Europe/Zurich: CEST, CET, Geneva, Basel
Indian/Antananarivo: EAT
Indian/Comoro: EAT
Indian/Mayotte: EAT
Pacific/Auckland: NZDT, NZST, Manukau, Wellington, Christchurch
Pacific/Honolulu: HST
Pacific/Midway: SST
Pacific/Pago_Pago: SST
`;
