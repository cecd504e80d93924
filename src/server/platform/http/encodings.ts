/** Whether the caller takes an answer in this encoding: named, or by `*`, and not with a quality of zero. */
export const accepts = (request: Request, encoding: 'br' | 'gzip'): boolean => {
  const offers = new Map(
    (request.headers.get('accept-encoding') ?? '').split(',').map((offer) => {
      const [name = '', ...parameters] = offer.split(';').map((part) => part.trim().toLowerCase());
      return [name, parameters.every((parameter) => !/^q=0(\.0*)?$/.test(parameter))] as const;
    }),
  );
  return offers.get(encoding) ?? offers.get('*') ?? false;
};
