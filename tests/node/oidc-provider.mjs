// An OpenID Connect provider: the npm package oidc-provider, certified, with its development
// interactions (a sign-in form that takes any name, then a consent form).
//
// Configuration, besides what serve.mjs reads:
//   clients             client metadata, by the names of RFC 7591
//   accessTokenLifetime seconds (3600)
//   refreshToken        "always" (the default) or "offline_access"
//   rotation            whether a refresh gives a new refresh token (true)

import { generateKeyPairSync, randomBytes } from 'node:crypto';

import Provider from 'oidc-provider';

import { serve } from './serve.mjs';

// A native application may use any port of a loopback redirect (RFC 8252 section 7.3).
const clientDefaults = {
  application_type: 'native',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
};

function claimsOf(sub) {
  return {
    sub,
    name: `${sub} of the test`,
    preferred_username: sub,
    picture: `https://pictures.example/${encodeURIComponent(sub)}.png`,
    email: `${sub}@example.org`,
    email_verified: true,
  };
}

function signingKey(alg) {
  const { privateKey } = alg === 'RS256'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), alg, kid: alg, use: 'sig' };
}

await serve((issuer, config) => {
  const provider = new Provider(issuer, {
    clients: config.clients.map((client) => ({ ...clientDefaults, ...client })),
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'picture'],
      email: ['email', 'email_verified'],
    },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => claimsOf(sub) }),
    features: {
      devInteractions: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      userinfo: { enabled: true },
    },
    pkce: { required: () => true },
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      (config.refreshToken !== 'offline_access' || source.scopes.has('offline_access')),
    rotateRefreshToken: config.rotation ?? true,
    ttl: {
      AccessToken: config.accessTokenLifetime ?? 3600,
      AuthorizationCode: 60,
      Grant: 3600,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    jwks: { keys: [signingKey('RS256'), signingKey('ES256')] },
  });
  provider.on('server_error', (_ctx, error) => console.error(error));
  return provider.callback();
});
