/** The only user of the sandbox's Calendly, and the organization. */
export const API = 'https://api.calendly.com';
export const USER = `${API}/users/1`;
export const ORGANIZATION = `${API}/organizations/1`;

export const ME = {
	uri: USER,
	name: 'Front Desk',
	slug: 'front-desk',
	email: 'desk@spa.example',
	scheduling_url: 'https://calendly.com/front-desk',
	timezone: 'America/New_York',
	current_organization: ORGANIZATION,
	resource_type: 'User',
	created_at: '2026-01-01T00:00:00.000000Z',
	updated_at: '2026-01-01T00:00:00.000000Z',
};
