import { problemsOfTemplates } from '../templates/files.mts';
import type { Check } from './subject.mts';

export const templates: Check = {
	name: 'templates',
	title: "examples/templates have the form of n8n's template library",
	run: ({ root }) => problemsOfTemplates(root),
};
