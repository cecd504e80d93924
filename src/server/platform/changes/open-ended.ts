const answers = new WeakSet<Response>();

/**
 * Marks an answer that goes on until someone ends it. A mark, because asking each answer for its content type
 * would make Headers of what is sent as a plain record, at a tenth of a small answer's time.
 */
export const markOpenEnded = (response: Response): Response => {
  answers.add(response);
  return response;
};

export const isOpenEnded = (response: Response): boolean => answers.has(response);
