/**
 * Lets property tests draw the same values in every run where `RTBENCH_TEST_SEED` gives a number,
 * as it does in CI; elsewhere each run tries new ones. Loaded before each test file.
 */
const seed = process.env.RTBENCH_TEST_SEED;
if (seed !== undefined) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
}
