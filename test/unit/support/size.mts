const isSmall = process.env.TEST_SIZE === 'small';

/**
 * The number of random cases of a property, or the length of a list. `npm run test:fast` sets TEST_SIZE=small,
 * which is a tenth, to stay under a minute. `npm test` and Jest alone use the full number.
 */
export const sized = (full: number): number => (isSmall ? Math.ceil(full / 10) : full);
