import { stepsOf, type Template, type TemplateNode } from './template.mts';

const CODE = /\.(code|codeTool|toolCode|function|functionItem)$/;
/** Fields that n8n adds to a workflow that an account has used. */
const OF_AN_ACCOUNT = ['credentials', 'webhookId'];
/** Values that a user types or drags, and Spakinect's fixed words. */
const PLACEHOLDER = /^(=|your-)/;
const ID_FIELDS = /^(locationIds?|folderId|documentId|calendarId|baseId|driveId)$/;
const PERSONAL = /[\w.+-]+@[\w-]+\.[\w.]+|\+\d{10,}|https?:\/\/(?!docs\.n8n\.io)/;

const words = (text: string): string =>
	text
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.trim();

/** The name that n8n gives a new node: the name of its type, with a number if the name is taken. */
const hasDefaultName = ({ name, type }: TemplateNode): boolean =>
	words(name.replace(/\d+$/, '')) === words(type.split('.').at(-1)!);

const isLocator = (value: object): value is { mode?: string; value?: unknown } => '__rl' in value;

/** IDs that belong to one account: `field = value`. */
const hardCoded = (value: unknown, field = ''): string[] => {
	if (typeof value === 'string') {
		return ID_FIELDS.test(field) && !PLACEHOLDER.test(value) ? [`${field} = ${value}`] : [];
	}
	if (typeof value !== 'object' || value === null) return [];
	if (Array.isArray(value)) return value.flatMap((one) => hardCoded(one, field));
	if (isLocator(value)) {
		const text = String(value.value ?? '');
		const isId = value.mode === 'id' || value.mode === 'url' || value.mode === 'list';
		return isId && text !== '' && !PLACEHOLDER.test(text) ? [`${field} = ${text}`] : [];
	}
	return Object.entries(value).flatMap(([key, one]) => hardCoded(one, key));
};

const ofNode = (node: TemplateNode): string[] => {
	const text = JSON.stringify(node.parameters);
	return [
		...OF_AN_ACCOUNT.filter((key) => key in node).map((key) => `has ${key}`),
		...hardCoded(node.parameters).map((found) => `has a hard-coded ID: ${found}`),
		...(hasDefaultName(node) ? ['has the name that n8n gave it: say what it does'] : []),
		...(CODE.test(node.type) ? ['holds JavaScript'] : []),
		...(PERSONAL.test(text) ? [`holds an address, a number or a URL`] : []),
	].map((problem) => `the node "${node.name}" ${problem}`);
};

/** The parts of the nodes that belong to one account or mean nothing to another. */
export const nodeProblems = (template: Template): string[] => [
	...stepsOf(template).flatMap(ofNode),
	...(template.pinData === undefined ? [] : ['it has pinned data']),
];
