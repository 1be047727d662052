import { LOCATION, PATIENT, type RecipeWorld } from './recipeWorld.mts';

const patient_details = {
	first_name: PATIENT.first_name,
	last_name: PATIENT.last_name,
	email: PATIENT.email,
};

/** What an approved exam of the patient looks like at Spakinect. */
export const approved = (gfe_id: string, evaluation_completed: string, treatments: string[]) => ({
	gfe_id,
	location_id: LOCATION,
	status: 'Completed',
	requested_treatments: treatments,
	decisions: Object.fromEntries(treatments.map((name) => [name, 'approved'])),
	evaluation_completed,
	patient_details,
});

/** An open exam of the patient that nobody booked through n8n. @returns its id */
export const newVisit = async (
	world: RecipeWorld,
	requested_treatments: string[],
	changes: object = {},
): Promise<string> => {
	const visit = {
		location_id: LOCATION,
		status: 'Processing',
		requested_treatments,
		patient_details,
		...changes,
	};
	const [id] = await world.control.addVisits([visit]);
	return id!;
};
