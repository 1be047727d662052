/** The element with this data-testid. */
export const byId = (id) => document.querySelector(`[data-testid="${CSS.escape(id)}"]`);

/**
 * Makes an element. Texts are set as text, never as markup, because the content of a visit must not run here.
 * @param {string} tag
 * @param {Record<string, unknown>} attributes `testid`, `on` (click) and plain attributes
 * @param {...(Node|string)} children
 */
export function make(tag, attributes = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (name === 'on') element.addEventListener('click', value);
		else if (name === 'testid') element.dataset.testid = value;
		else if (value !== undefined && value !== false) element.setAttribute(name, value);
	}
	element.append(...children);
	return element;
}

const drawn = new Map();

/** Draws the children of an element again only if `data` has changed, and restores the focus. */
export function draw(id, data, children) {
	const key = JSON.stringify(data);
	if (drawn.get(id) === key) return;
	drawn.set(id, key);
	const focused = document.activeElement?.dataset?.testid;
	const place = byId(id);
	place.replaceChildren(...children());
	if (focused && place.isConnected && document.activeElement === document.body)
		focusable(byId(focused))?.focus();
}

/** The element, or another button of its row when its own click has disabled it. */
const focusable = (element) =>
	element?.disabled ? element.closest('li')?.querySelector('button:enabled') : element;

/** Calls the control API. @throws Error with the API's text */
export async function control(method, path, body) {
	const response = await fetch(`/control${path}`, {
		method,
		headers: body === undefined ? {} : { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const answer = await response.json();
	if (!response.ok) throw new Error(answer.error);
	return answer;
}

/** Date and time of an appointment, from Unix seconds. */
export const moment = (seconds) =>
	new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const time = (iso) => new Date(iso).toLocaleTimeString(undefined, { hour12: false });
