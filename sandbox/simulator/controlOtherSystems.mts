import type { FastifyInstance } from 'fastify';
import { Misuse, type ControlServices } from './controlServices.mts';

/** Control calls that show the data of the spa's other systems. Without such systems, they answer 404. */
export function registerControlOtherSystems(
	app: FastifyInstance,
	{ otherSystems }: ControlServices,
): void {
	app.get('/systems', (_request, reply) => {
		if (!otherSystems) throw new Misuse(404, 'No other systems run with this simulator');
		reply.send(otherSystems.summary());
	});
	app.get<{ Params: { id: string } }>('/systems/files/:id', (request, reply) => {
		const file = otherSystems?.file(request.params.id);
		if (!file) throw new Misuse(404, 'No such file');
		reply
			.type('application/pdf')
			.header('content-disposition', `inline; filename="${encodeURIComponent(file.name)}"`)
			.send(file.content);
	});
}
