// n8n-core reads the mode when it is loaded, so this file must be imported before the harness.
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'default';
