import type { TreatmentEntries } from './entries';
import { IN_BOOKING, inMenuRow, shownName } from './refusals';
import type { Lexicon } from './resolve';
import { resolveNames } from './resolve';
import type { MenuService, ServiceMenu } from './serviceMenu';
import { serviceKey } from './serviceMenu';
import type { CatalogTreatment } from './treatments';
import { Catalog, resolveTreatments } from './treatments';

/** Services and treatments, found by what a user may enter. A service comes before a treatment. */
class ServicesAndTreatments implements Lexicon {
	readonly longest: number;

	private readonly services: Catalog;

	constructor(
		private readonly menu: ServiceMenu,
		private readonly catalog: Catalog,
		private readonly treatmentsOf: (service: MenuService) => string[],
	) {
		this.services = new Catalog([...menu.values()].map(({ name }) => ({ name })));
		this.longest = Math.max(this.services.longest, catalog.longest);
	}

	names(): readonly string[] {
		return [...this.services.names(), ...this.catalog.names()];
	}

	find(text: string): readonly string[] | undefined {
		return this.findWhole(text) ?? this.catalog.find(text);
	}

	findWhole(text: string): readonly string[] | undefined {
		const service = this.menu.get(serviceKey(text));
		return service && this.treatmentsOf(service);
	}

	findJoined(texts: readonly string[], separators: readonly string[]): Array<readonly string[]> {
		const services = this.services.findJoined(texts, separators).flat();
		const treatments = this.catalog.findJoined(texts, separators).flat();
		return [
			...services.map((name) => this.find(name) ?? []),
			...treatments.filter((name) => !this.menu.has(serviceKey(name))).map((name) => [name]),
		];
	}
}

/**
 * The treatments of the entered services and treatments, in the catalog's spelling. Each entry is looked up
 * first in the menu, then in the catalog.
 *
 * @returns empty if every entry is a service that needs no exam
 * @param patient as in {@link resolveTreatments}
 * @throws InputError for `Treatments`, naming the entries that are in neither, or if readings of a text have
 *   different treatments. For `Service Menu`, if the catalog lacks a treatment of a service
 */
export function resolveServices(
	entries: TreatmentEntries,
	menu: ServiceMenu,
	treatments: readonly CatalogTreatment[],
	unknown: 'error' | 'send',
	patient: readonly unknown[] = [],
): string[] {
	if (menu.size === 0) return resolveTreatments(entries, treatments, unknown, patient);
	const catalog = new Catalog(treatments);
	const resolved = new Map<MenuService, string[]>();
	const treatmentsOf = (service: MenuService) => {
		const known = resolved.get(service);
		if (known) return known;
		const wording = inMenuRow(shownName(service.name, patient));
		const own = service.entries.flatMap((one) =>
			resolveNames(one, catalog, unknown, wording, patient),
		);
		resolved.set(service, own);
		return own;
	};
	const names = new ServicesAndTreatments(menu, catalog, treatmentsOf);
	return resolveNames(entries, names, unknown, IN_BOOKING, patient);
}
