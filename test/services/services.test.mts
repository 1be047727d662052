// One file for all stand-ins: the proxy takes half a second to load, and Jest loads it anew for each file.
describe('Google account', () => void require('./suites/googleAccount.mts'));
describe('Google Drive', () => void require('./suites/drive.mts'));
describe('Google Sheets', () => void require('./suites/sheets.mts'));
describe('HubSpot', () => void require('./suites/hubspot.mts'));
describe('HighLevel', () => void require('./suites/highLevel.mts'));
describe('Slack', () => void require('./suites/slack.mts'));
describe('Twilio', () => void require('./suites/twilio.mts'));
describe('Calendly', () => void require('./suites/calendly.mts'));
