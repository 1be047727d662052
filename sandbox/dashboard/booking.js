import { byId, control } from './dom.js';

const form = byId('booking');
const DAY_MS = 24 * 60 * 60 * 1000;

/** 10 a.m. in two days, in the form of a date field: local time without a zone. */
function usualTime() {
	const date = new Date(Date.now() + 2 * DAY_MS);
	const two = (number) => String(number).padStart(2, '0');
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T10:00`;
}

async function book() {
	const data = new FormData(form);
	const treatments = data.getAll('treatment');
	if (treatments.length === 0) throw new Error('Choose at least one treatment.');
	const text = (name) => data.get(name).trim();
	const result = await control('POST', '/bookings', {
		first_name: text('first_name'),
		last_name: text('last_name'),
		email: text('email'),
		phone: text('phone'),
		location_id: text('location_id'),
		appointment_time: Math.floor(new Date(text('appointment')).getTime() / 1000),
		treatments,
	});
	if (!result.created) return `Nobody was contacted. ${result.summary ?? ''}`;
	const where = result.through === 'workflow' ? ' through the n8n workflow' : '';
	return `Booked${where}. The patient got an email and a text message.`;
}

/** The text that says where a booking goes. */
export function drawBooking({ bookingUrl }) {
	byId('booking-note').textContent = bookingUrl
		? 'Goes to the published workflow "Booking to GFE" in n8n.'
		: "n8n is not connected, so this calls the simulator's EMR API directly.";
}

/** Connects the form. `act` runs a call and shows its result. */
export function wireBooking(act) {
	form.elements.appointment.value = usualTime();
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		void act(book);
	});
}
