import { Control } from '../../../sandbox/demo/control.mts';
import { startN8n, type N8n } from '../../../sandbox/n8n/start.mts';
import { startSimulator, type Simulator } from '../../../sandbox/simulator/index.mts';

/** Starting n8n takes 10 to 30 s, and some minutes on a slow and busy machine. */
export const BOOT_MS = 400_000;
/** Only ends a test that hangs. */
export const TEST_MS = 300_000;

export const EMR_KEY = 'emr-test-key';
export const EMR_CREDENTIAL = 'EMR';

/** One simulator and one n8n with the packed nodes: shared by all tests of a file. */
export interface World {
	simulator: Simulator;
	control: Control;
	n8n: N8n;
	/** The ID of the credential with the EMR key. */
	emrId: string;
	stop(): Promise<void>;
}

/** The data of an EMR credential that points at the simulator. */
export const emrData = (simulator: Simulator, apiKey = EMR_KEY) => ({
	apiKey,
	environment: 'custom',
	baseUrl: simulator.emrUrl,
	webhookSecret: '',
});

export const startWorld = async (): Promise<World> => {
	const simulator = await startSimulator();
	try {
		const n8n = await startN8n();
		await n8n.client.signIn();
		const data = emrData(simulator);
		const emrId = await n8n.client.createCredential(EMR_CREDENTIAL, 'spakinectApi', data);
		return {
			simulator,
			control: new Control(simulator.controlUrl),
			n8n,
			emrId,
			stop: async () => {
				await n8n.stop();
				await simulator.close();
			},
		};
	} catch (error) {
		await simulator.close();
		throw error;
	}
};
