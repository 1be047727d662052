const isSmall = process.env.TEST_SIZE === 'small';

/**
 * How many random cases a property gets, or how long a list is. `npm run test:fast` sets TEST_SIZE=small and
 * gets a tenth, so that it stays under a minute. `npm test` and Jest alone use the full number.
 */
export const sized = (full: number): number => (isSmall ? Math.ceil(full / 10) : full);
