import type { Expiring } from '../clearance/expiring';
import { countText, gfeText, sentences, timeText } from './summary';

function whenText({ days_left: days, result }: Expiring): string {
	if (days === 0) return 'today';
	const count = countText(Math.abs(days), 'day');
	return result === 'expired' ? `${count} ago` : `in ${count}`;
}

/**
 * An expiring approval in one line for staff. It contains the treatment, the GFE ID and the time, but no
 * patient data.
 * @param zone IANA name for the time
 */
export function expiringSummary(one: Expiring, zone: string): string {
	const verb = one.result === 'expired' ? 'ended' : 'ends';
	return sentences(
		`The approval of ${one.treatment} in ${gfeText(one.gfe_id)} ${verb} ${whenText(one)}, on ${timeText(Date.parse(one.expires_at), zone)}`,
		one.ambiguous
			? 'Visits with the same name cannot be told apart, so look them up in Spakinect first'
			: undefined,
	);
}
