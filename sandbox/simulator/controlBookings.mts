import type { FastifyInstance } from 'fastify';
import type { BookingInput } from './booking.mts';
import { Misuse, type ControlServices } from './controlServices.mts';

const text = { type: 'string', minLength: 1 };
const bookingSchema = {
	type: 'object',
	additionalProperties: false,
	required: [
		...['first_name', 'last_name', 'email', 'phone'],
		...['location_id', 'appointment_time', 'treatments'],
	],
	properties: {
		first_name: text,
		last_name: text,
		email: text,
		phone: text,
		location_id: text,
		appointment_time: { type: 'integer' },
		treatments: { type: 'array', minItems: 1, items: text },
	},
};
const urlSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['url'],
	properties: { url: { type: ['string', 'null'] } },
};

/** Control calls of the booking form. */
export function registerControlBookings(app: FastifyInstance, { booking }: ControlServices): void {
	app.post<{ Body: BookingInput }>(
		'/bookings',
		{ schema: { body: bookingSchema } },
		async (request, reply) => reply.code(201).send(await booking.book(request.body)),
	);
	app.put<{ Body: { url: string | null } }>(
		'/bookings',
		{ schema: { body: urlSchema } },
		(request, reply) => {
			const { url } = request.body;
			if (url !== null && !URL.canParse(url)) throw new Misuse(400, 'url is not a URL');
			booking.url = url;
			reply.send({ url });
		},
	);
}
