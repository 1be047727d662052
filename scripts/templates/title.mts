import { stepsOf, type Template } from './template.mts';

const VERBS =
	/^(Add|Alert|Archive|Book|Check|Collect|Download|List|Notify|Remind|Request|Save|Send|Sync|Tell|Track|Update|Write) /;
const WHERE = / (from|in|into|on|to|with) /;
const MAX = 90;

/** The names of a node's systems in a title. */
const SYSTEMS: Record<string, string> = {
	googleSheets: 'Google Sheets',
	googleSheetsTrigger: 'Google Sheets',
	googleDrive: 'Google Drive',
	hubspot: 'HubSpot',
	slack: 'Slack',
	spakinect: 'Spakinect',
	spakinectTrigger: 'Spakinect',
	twilio: 'Twilio',
};

/** `Verb thing to where`, with every system that the workflow uses. */
export const titleProblems = (template: Template): string[] => {
	const { name } = template;
	const used = stepsOf(template).map(({ type }) => SYSTEMS[type.split('.').at(-1)!]);
	const systems = [...new Set(used.filter((one) => one !== undefined))];
	return [
		...(VERBS.test(name) ? [] : ['does not start with a verb']),
		...(WHERE.test(name) ? [] : ['does not say where']),
		...(name.length > MAX ? [`is longer than ${MAX} characters`] : []),
		...(/\d\d:/.test(name) ? ['has a number'] : []),
		...systems.filter((one) => !name.includes(one)).map((one) => `does not name ${one}`),
	].map((problem) => `the title ${problem}: ${name}`);
};
