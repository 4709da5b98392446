/** The run's own settings on canaries that the run itself never takes (their names do not end in `.test.ts`). */
import { defineConfig } from 'vitest/config';
import principale from '../../../vitest.config.ts';

const { projects: _, ...reglages } = principale.test ?? {};

export default defineConfig({ test: { ...reglages, include: ['tests/support/canari/*.canari.ts'] } });
