import { UserError } from '../../sandbox/n8n/errors.mts';
import type { Pinned } from '../../sandbox/n8n/paths.mts';

/** The requirements of a test layer. Each layer is a Jest project and a folder under test/. */
interface Layer {
	/** Reads dist/. */
	build: boolean;
	/** The pinned n8n that it starts. */
	n8n: readonly Pinned[];
	/** Layers with the same number run together. The others wait. */
	turn: number;
}

const fast = { n8n: [], turn: 1 };
const LAYERS = {
	unit: { ...fast, build: false },
	docs: { ...fast, build: false },
	sandbox: { ...fast, build: false },
	services: { ...fast, build: false },
	node: { ...fast, build: true },
	contract: { ...fast, build: true },
	package: { n8n: [], turn: 2, build: true },
	e2e: { n8n: ['n8n', 'n8n-1'], turn: 3, build: true },
	queue: { n8n: ['n8n'], turn: 3, build: true },
	browser: { n8n: ['n8n'], turn: 3, build: true },
} satisfies Record<string, Layer>;

export type LayerName = keyof typeof LAYERS;
export const LAYER_NAMES = Object.keys(LAYERS) as LayerName[];

const isLayer = (name: string): name is LayerName => Object.hasOwn(LAYERS, name);

interface Selection {
	layers: LayerName[];
	/** Everything from the first option on goes to Jest. */
	jestArgs: string[];
}

/**
 * Reads `npm test -- unit node -t phone`: names of layers, then options of Jest. No name means all layers.
 * @throws UserError for a name that is not a layer
 */
export const select = (args: string[]): Selection => {
	const firstOption = args.findIndex((arg) => arg.startsWith('-'));
	const end = firstOption === -1 ? args.length : firstOption;
	const names = args.slice(0, end);
	const unknown = names.find((name) => !isLayer(name));
	if (unknown !== undefined) {
		throw new UserError(
			`There is no test layer "${unknown}".`,
			`Layers: ${LAYER_NAMES.join(', ')}. For one file: npx jest --testPathPatterns=<part of its path>`,
		);
	}
	const layers =
		names.length === 0 ? LAYER_NAMES : LAYER_NAMES.filter((one) => names.includes(one));
	return { layers, jestArgs: args.slice(end) };
};

/** Layers that run together, and their requirements. */
export interface Turn extends Omit<Layer, 'turn'> {
	layers: LayerName[];
}

/**
 * The order of the layers. Those that start n8n come last, one file after another, because two n8n at once are
 * too much for a laptop.
 * @param idle layers in which every test is skipped. Nothing is built or installed for them
 */
export const turnsOf = (layers: LayerName[], idle: LayerName[] = []): Turn[] =>
	[1, 2, 3]
		.map((turn) => layers.filter((name) => LAYERS[name].turn === turn))
		.filter((names) => names.length > 0)
		.map((names) => {
			const active: Layer[] = names
				.filter((name) => !idle.includes(name))
				.map((name) => LAYERS[name]);
			return {
				layers: names,
				build: active.some(({ build }) => build),
				n8n: [...new Set(active.flatMap(({ n8n }) => n8n))],
			};
		});
