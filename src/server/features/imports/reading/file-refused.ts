export type FileRefusal =
  | 'not_a_table'
  | 'mixed_encoding'
  | 'file_too_large'
  | 'too_many_columns'
  | 'too_many_rows'
  | 'no_heading'
  | 'unknown_heading'
  | 'unknown_mapping_field'
  | 'duplicate_column'
  | 'no_phone_number_column';

/** A file of which nothing can be taken. The message says why, and what to do, to whoever sent it. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly code: FileRefusal;

  constructor(code: FileRefusal, message: string) {
    super(message);
    this.code = code;
  }
}
