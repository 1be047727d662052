/**
 * Stand-in for Google Sheets.
 *
 * Written from: excerpts of the Google Sheets API v4 reference (REST: spreadsheets.get, spreadsheets.batchUpdate,
 * spreadsheets.values get/update/append/clear/batchUpdate; ValueInputOption, ValueRenderOption),
 * developers.google.com/workspace/sheets/api/reference/rest, excerpts read in 2026-11; the answer to too many
 * requests as the API gives it ("Usage limits" names no Retry-After).
 * Not imitated: formulas (kept, not calculated), formats other than dates, number locales, more than one
 * table on a tab (`append` writes after the last row with a value), creating spreadsheets, named ranges,
 * the counting of requests (use `fail('limited')`).
 */
import { refuse, type Answer, type ServiceRequest } from '../../shared/http.mts';
import { StandIn } from '../../shared/service.mts';
import { SERVICE_ACCOUNT, USER, type GoogleAccount } from '../account.mts';
import {
	BAD_CREDENTIALS,
	describeProblems,
	quotaExceeded,
	rpcError,
	scopeMissing,
} from '../errors.mts';
import { sheetRoutes } from './routes.mts';
import { Spreadsheet } from './spreadsheet.mts';

const SCOPES = /auth\/(spreadsheets|spreadsheets\.readonly|drive|drive\.file|drive\.readonly)$/;

export class GoogleSheets extends StandIn {
	/** By id. */
	readonly spreadsheets = new Map<string, Spreadsheet>();

	constructor(private readonly account: GoogleAccount) {
		const invalid = (text: string) => rpcError(400, text);
		super({
			name: 'Google Sheets',
			hosts: ['sheets.googleapis.com'],
			routes: sheetRoutes((request, write) => this.open(request, write)),
			errors: {
				authorize: (request) => this.authorize(request),
				invalid: (problems) => invalid(describeProblems(problems)),
				badJson: () => invalid('Invalid JSON payload received. Expected an object key or }.'),
				unknownRoute: () => ({ status: 404, bytes: Buffer.from('Not Found') }),
				limited: quotaExceeded,
				revoked: () => rpcError(401, BAD_CREDENTIALS),
				down: () => rpcError(503, 'The service is currently unavailable.'),
			},
			clear: () => this.spreadsheets.clear(),
		});
	}

	/** A new spreadsheet with its first tab, shared with n8n's service account and the person. */
	create(id: string, tabs: Record<string, string[][]>): Spreadsheet {
		const spreadsheet = new Spreadsheet(id, id).share(SERVICE_ACCOUNT).share(USER);
		for (const [title, rows] of Object.entries(tabs)) spreadsheet.addSheet(title, rows);
		this.spreadsheets.set(id, spreadsheet);
		return spreadsheet;
	}

	private authorize(request: ServiceRequest): Answer | undefined {
		if (request.headers.authorization === undefined) {
			const text =
				"Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.";
			return rpcError(403, text);
		}
		const grant = this.account.grantOf(request);
		if (!grant) return rpcError(401, BAD_CREDENTIALS);
		const hasScope = grant.scopes.some((scope) => SCOPES.test(scope));
		return hasScope ? undefined : scopeMissing('sheets.googleapis.com');
	}

	private open(request: ServiceRequest, write: boolean): Spreadsheet {
		const spreadsheet = this.spreadsheets.get(request.params.id ?? '');
		if (!spreadsheet) return refuse(rpcError(404, 'Requested entity was not found.'));
		const role = spreadsheet.shared.get(this.account.grantOf(request)?.subject ?? '');
		const may = write ? role === 'writer' : role !== undefined;
		return may ? spreadsheet : refuse(rpcError(403, 'The caller does not have permission'));
	}
}
