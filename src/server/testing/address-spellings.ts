/*
 * Addresses that must never be reached, in the ways in which they can be spelled as the host of a URL. None is
 * the plain form alone: a judge of text would let most of them pass.
 */

/** This machine, its networks and link, clouds' metadata, and what belongs to nobody. */
export const forbiddenAddresses: readonly string[] = [
  '127.0.0.1',
  '127.0.0.2',
  '127.1.2.3',
  '127.255.255.254',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.254',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.0.1',
  '192.168.255.254',
  '169.254.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
];

/** Of IPv6, and by name where this machine's own table of hosts says so. */
export const forbiddenOthers: readonly string[] = [
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::]',
  '[fe80::1]',
  '[FEBF::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd12:3456:789a::1]',
  '[fd00:ec2::254]',
  '[fd20:ce::254]',
  '[ff02::1]',
  '[ff0e::1]',
  '[100::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[4000::1]',
];

const hex = (value: number, digits = 1) => value.toString(16).padStart(digits, '0');
const inOtherDigits = (text: string, zero: number) =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

/** Every way of writing one IPv4 address, within IPv6 too. */
export const spellingsOf = (address: string): string[] => {
  const [a, b, c, d] = address.split('.').map(Number) as [number, number, number, number];
  const whole = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const [high, low] = [hex(a * 256 + b), hex(c * 256 + d)];
  const inverted = [hex(0xffff - (a * 256 + b)), hex(0xffff - (c * 256 + d))].join(':');
  return [
    address,
    `${address}.`,
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${b * 65_536 + c * 256 + d}`,
    String(whole),
    `0x${hex(whole)}`,
    `0X${hex(whole, 8).toUpperCase()}`,
    `0${whole.toString(8)}`,
    [a, b, c, d].map((part) => `0x${hex(part)}`).join('.'),
    [a, b, c, d].map((part) => `0${part.toString(8)}`).join('.'),
    [a, b, c, d].map((part) => `0${part.toString(8).padStart(8, '0')}`).join('.'),
    `0x${hex(a)}.${b}.0${c.toString(8)}.${d}`,
    `0x${hex(a)}.${b * 65_536 + c * 256 + d}`,
    inOtherDigits(address, 0xff10),
    inOtherDigits(address, 0x1d7ce),
    address.replaceAll('.', '。'),
    address.replaceAll(/./g, (sign) => `%${hex(sign.charCodeAt(0), 2)}`),
    `[::ffff:${address}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:FFFF:${high.toUpperCase()}:${low.toUpperCase()}]`,
    `[::ffff:0:${address}]`,
    `[::${high}:${low}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${high}:${low}]`,
    `[2002:${high}:${low}::1]`,
    `[2001:0:4136:e378:8000:63bf:${inverted}]`,
  ];
};

/** More than five hundred. */
export const forbiddenSpellings: readonly string[] = [
  ...forbiddenAddresses.flatMap(spellingsOf),
  ...forbiddenOthers,
];
