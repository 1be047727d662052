/** The element with this data-testid. */
export const byId = (id) => document.querySelector(`[data-testid="${CSS.escape(id)}"]`);

/**
 * Makes an element. Texts are set as text, never as markup: what arrives in a visit must not run here.
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

/** Draws the children of a place anew only when `data` changed, and gives the focus back to where it was. */
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

/** The element, or what can take the focus beside a button that its own click has switched off. */
const focusable = (element) =>
	element?.disabled ? element.closest('li')?.querySelector('button:enabled') : element;

/** Calls the control API; a refusal is thrown with its text. */
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

export const time = (iso) => new Date(iso).toLocaleTimeString(undefined, { hour12: false });
