/**
 * What a small platform might have, to look around in. The numbers are those that their countries keep for
 * stories, the hosts are examples, and nothing here opens anything.
 */
export const sampleNumbers = `phone_number,provider,friendly_name,inbound_agent,outbound_agent,sip_termination_uri,sip_trunk_username,sip_trunk_password,sip_infra_region,twilio_account_sid,twilio_auth_token,labels,notes
+442079460018,sip,London front desk,Grace · Front desk,Ben · Sales EN,sip:voice@edge.carrier.example;transport=tls,edge-7,example-password-2,global,,,production|vip,"Printed on the receipts, do not retire"
+442079460121,sip,London sales,Ben · Sales EN,Ben · Sales EN,sip:voice@edge.carrier.example;transport=tls,edge-7,example-password-2,global,,,production,
+442079460342,sip,London after-hours,Night desk,,sip:voice@edge.carrier.example;transport=tls,edge-7,example-password-2,global,,,production,
+441614960076,sip,Manchester bookings,Elif · Bookings,Elif · Bookings,sip:voice@edge.carrier.example;transport=tls,edge-7,example-password-2,global,,,pilot,
+441614960511,sip,Manchester overflow,Overflow,,sip:voice@edge.carrier.example;transport=tls,edge-7,example-password-2,global,,,,
+447700900147,pia,Field team,Dev · Claims triage,Dev · Claims triage,,,,,,,pilot,
+447700900281,pia,,,,,,,,,,,
+12125550104,twilio,New York front desk,Grace · Front desk,Ben · Sales EN,,,,,AC00000000000000000000000000000000,00000000000000000000000000000000,production|vip,
+12125550138,twilio,New York claims,Dev · Claims triage,Dev · Claims triage,,,,,AC00000000000000000000000000000000,00000000000000000000000000000000,production,
+12125550171,twilio,New York after-hours,Night desk,,,,,,AC00000000000000000000000000000000,00000000000000000000000000000000,production,
+14155550112,twilio,San Francisco sales,Ben · Sales EN,Ben · Sales EN,,,,,AC00000000000000000000000000000000,00000000000000000000000000000000,production,
+14155550167,twilio,San Francisco bookings,Elif · Bookings,,,,,,AC00000000000000000000000000000000,00000000000000000000000000000000,pilot,
+13125550119,pia,Chicago returns,Overflow,,,,,,,,pilot,
+13125550156,pia,Chicago pilot line,,,,,,,,,pilot,Answers once its agent is chosen
+493023125014,sip,Berlin front desk,Grace · Front desk,,sip.carrier.example:5060,cordboard-01,example-password-1,global,,,production,
+493023125088,sip,Berlin bookings,Elif · Bookings,Elif · Bookings,sip.carrier.example:5060,cordboard-01,example-password-1,global,,,production|vip,
+493023125230,sip,Berlin after-hours,Night desk,,sip.carrier.example:5060,cordboard-01,example-password-1,global,,,,
+33199001207,sip,Paris sales,,Ben · Sales EN,sip.carrier.example:5060,cordboard-01,example-password-1,global,,,pilot,
+33199005533,sip,Paris front desk,Grace · Front desk,,sip.carrier.example:5060,cordboard-01,example-password-1,global,,,production,
+61255501148,pia,Sydney bookings,Elif · Bookings,,,,,,,,production,
+61255501399,pia,Sydney claims,Dev · Claims triage,,,,,,,,pilot,
+61491570156,twilio,Sydney mobile,Overflow,Overflow,,,,,AC00000000000000000000000000000000,00000000000000000000000000000000,,
+4684650045,pia,Stockholm front desk,Grace · Front desk,,,,,,,,pilot,
+4684650072,pia,Stockholm after-hours,Night desk,,,,,,,,,
`;
