// SPDX-License-Identifier: MIT
// EchoStream's API and an STS on a free port of the loopback; prints its address.
// Tokens are checked by the GraphQL endpoint in COGNITO_GRAPHQL. Keys live for KEY_SECONDS, and STS
// accepts no others. GET /counts tells how many of each there were.
import http from 'node:http';
const life = Number(process.env.KEY_SECONDS ?? 3) * 1000;
const keys = new Map(), tokens = new Set(), counts = { keys: 0, tokens: 0, refused: 0, expired: 0 };
async function graphql(body, authorization) {
  const answer = await fetch(process.env.COGNITO_GRAPHQL, {
    method: 'POST', body, headers: { authorization: authorization ?? '' } });
  const text = await answer.text();
  if (answer.status !== 200) { counts.refused++; return [answer.status, text]; }
  if (!tokens.has(authorization)) { tokens.add(authorization); counts.tokens++; }
  const { query, variables } = JSON.parse(text).data;
  const accessKeyId = `ASIA${++counts.keys}`, end = Date.now() + life;
  keys.set(accessKeyId, end);
  const GetAwsCredentials = { accessKeyId, secretAccessKey: 's', sessionToken: 't',
    expiration: new Date(end).toISOString() };
  const GetTenant = { region: 'eu-central-1', table: `table-of-${variables.tenant}` };
  if (!/GetApp\(/.test(query)) Object.assign(GetTenant, { GetAwsCredentials });
  return [200, JSON.stringify({ data: { GetTenant,
    GetApp: { __typename: 'ExternalApp', GetAwsCredentials } } })];
}
function sts(authorization) {
  const [, key, region] = /Credential=([^/]*)\/\d+\/([^/]*)\/sts\//.exec(authorization ?? '') ?? [];
  if (keys.get(key) > Date.now())
    return [200, '<GetCallerIdentityResponse><GetCallerIdentityResult>' +
      `<Arn>${region}:${key}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`];
  counts.expired++;
  return [403, '<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>'];
}
const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', d => chunks.push(d)).on('end', async () => {
    const body = Buffer.concat(chunks).toString(), { authorization } = request.headers;
    const [status, text] = request.url === '/counts' ? [200, JSON.stringify(counts)]
      : request.url === '/graphql' ? await graphql(body, authorization) : sts(authorization);
    response.writeHead(status).end(text);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
