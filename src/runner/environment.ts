import os from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { proxyFor } from '../common/proxyAddress.ts';
import type { Plan } from '../plan/plan.ts';
import type { ClockQuality, Environment } from '../runfile/run.ts';

const samplingMs = 10;

/** What decides the way to the endpoints. */
export interface Surroundings {
  plan: Plan;
  host?: string;
  /** An origin. */
  proxy: string | null;
}

/** The machine and process that measure; no names of people or hosts but a proxy's. */
export function describeEnvironment(
  clock: ClockQuality | null,
  { plan, host, proxy }: Surroundings,
): Environment {
  const cpus = os.cpus();
  return {
    ...(host !== undefined && { host }),
    proxy: plan.endpoints.some(({ url }) => proxyFor(url, proxy) !== null) ? proxy : null,
    nodeVersion: process.versions.node,
    platform: process.platform,
    osRelease: os.release(),
    arch: process.arch,
    cpuModel: cpus[0]?.model.trim() ?? 'unknown',
    cpuCores: cpus.length,
    memoryBytes: os.totalmem(),
    loadAverage: Math.round(os.loadavg()[0]! * 100) / 100,
    clock,
  };
}

/**
 * Watches how late this process's event loop runs. Timestamps are taken on that loop, so its
 * delay bounds their error.
 */
export function watchClock(): { stop: () => ClockQuality | null } {
  const histogram = monitorEventLoopDelay({ resolution: samplingMs });
  histogram.enable();
  // The histogram holds the time between samples, the intended interval included.
  const delayUs = (nanoseconds: number) =>
    Math.max(0, Math.round(nanoseconds / 1000) - samplingMs * 1000);
  return {
    stop() {
      histogram.disable();
      if (histogram.count === 0) return null;
      return {
        eventLoopDelayP50Us: delayUs(histogram.percentile(50)),
        eventLoopDelayP99Us: delayUs(histogram.percentile(99)),
        eventLoopDelayMaxUs: delayUs(histogram.max),
      };
    },
  };
}
