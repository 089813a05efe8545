/** Stands where a URL would for the recogniser that comes with RTBench. */
export const embeddedUrl = 'embedded';
