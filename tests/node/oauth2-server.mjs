// A plain OAuth 2.0 server: the npm package @node-oauth/oauth2-server. No metadata, no OpenID, no
// `iss`; /authorize approves by itself, for one user; /api/me is an API of the server's own.
//
// Configuration, besides what serve.mjs reads:
//   clients             [{ "id", "secret" (none: a public client), "redirectUris": [...] }]
//   accessTokenLifetime seconds (3600)
//   rotation            whether a refresh gives a new refresh token (true)

import OAuth2Server from '@node-oauth/oauth2-server';

import { serve } from './serve.mjs';

const { InvalidRequestError, Request, Response } = OAuth2Server;
const user = { id: 42, login: 'octavia', full_name: 'Octavia Test', mail: 'octavia@example.org' };

function answerError(response, error) {
  if (response.status === 302) {
    return; // the error goes to the client, by way of the browser
  }
  response.status = error.code ?? 500;
  response.body = { error: error.name, error_description: error.message };
}

async function readBody(incoming) {
  const chunks = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function memoryModel(clients) {
  const codes = new Map();
  const accessTokens = new Map();
  const refreshTokens = new Map();
  return {
    // `null` at /authorize, where no client authenticates; a string or undefined at /token.
    getClient(id, secret) {
      const client = clients.find((candidate) => candidate.id === id);
      if (!client || (secret !== null && secret !== client.secret)) {
        return undefined;
      }
      return { ...client, grants: ['authorization_code', 'refresh_token'] };
    },
    saveAuthorizationCode(code, client, owner) {
      if (!code.codeChallenge) {
        throw new InvalidRequestError('Missing parameter: `code_challenge`');
      }
      const saved = { ...code, client, user: owner };
      codes.set(code.authorizationCode, saved);
      return saved;
    },
    getAuthorizationCode: (code) => codes.get(code),
    revokeAuthorizationCode: (code) => codes.delete(code.authorizationCode),
    saveToken(token, client, owner) {
      const saved = { ...token, client, user: owner };
      accessTokens.set(token.accessToken, saved);
      if (token.refreshToken) {
        refreshTokens.set(token.refreshToken, saved);
      }
      return saved;
    },
    getAccessToken: (token) => accessTokens.get(token),
    getRefreshToken: (token) => refreshTokens.get(token),
    revokeToken: (token) => refreshTokens.delete(token.refreshToken),
  };
}

await serve((url, config) => {
  const server = new OAuth2Server({
    model: memoryModel(config.clients),
    accessTokenLifetime: config.accessTokenLifetime ?? 3600,
    alwaysIssueNewRefreshToken: config.rotation ?? true,
    // The model asks for the secret of every client that has one.
    requireClientAuthentication: { authorization_code: false, refresh_token: false },
  });
  const routes = {
    'GET /authorize': (request, response) =>
      server.authorize(request, response, { authenticateHandler: { handle: () => user } }),
    'POST /token': (request, response) => server.token(request, response),
    'GET /api/me': async (request, response) => {
      await server.authenticate(request, response);
      response.body = { user };
    },
  };
  return async (incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url, url);
    const route = routes[`${incoming.method} ${pathname}`];
    const response = new Response();
    if (route) {
      const request = new Request({
        headers: incoming.headers,
        method: incoming.method,
        query: Object.fromEntries(searchParams),
        body: Object.fromEntries(new URLSearchParams(await readBody(incoming))),
      });
      await route(request, response).catch((error) => answerError(response, error));
    } else {
      response.status = 404;
    }
    outgoing.writeHead(response.status, { 'content-type': 'application/json', ...response.headers });
    outgoing.end(JSON.stringify(response.body));
  };
});
