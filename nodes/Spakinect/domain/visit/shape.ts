import { isObject } from '../json';
import { toVisitForm } from '../summary/visitForm';
import { toTreatmentRows } from './treatmentRows';
import type { PlainObject, VisitContext, VisitOutput } from './visit';
import { readVisit } from './visit';

/** Further input of the output forms. */
interface FormContext extends VisitContext {
	/** IANA name for the times of `summary`, usually the workflow's zone. */
	zone: string;
	/** True if the decisions are unknown, whatever the visit says. */
	incomplete?: boolean;
}

/**
 * A visit in the form of the `output` parameter: at least one object for `treatments`, one for every other
 * form. `raw` is the API's own object. A value that isn't a visit gives an empty array.
 */
export function shapeVisit(raw: unknown, output: VisitOutput, context: FormContext): PlainObject[] {
	if (output === 'raw') return isObject(raw) ? [raw as PlainObject] : [];
	const visit = readVisit(raw, context);
	if (!visit) return [];
	if (output === 'summary') return [toVisitForm(visit, context.zone, context.incomplete)];
	return output === 'visit' ? [visit] : toTreatmentRows(visit);
}
