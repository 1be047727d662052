// n8n-core reads the mode while it is loaded: import this file before the harness.
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';
