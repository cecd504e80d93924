export const PhoneNumberSheet = (_: object) => null;
