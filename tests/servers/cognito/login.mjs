// SPDX-License-Identifier: MIT
// Logs in with amazon-cognito-identity-js and prints what came of it, a line of JSON a login.
//   login.mjs NAME PASSWORD [NEW_PASSWORD]
// Run in the folder that has the packages; the pool comes from the environment that cognito.sh prints.
import { createRequire } from 'node:module';
const { AuthenticationDetails, CognitoUser, CognitoUserPool } =
  createRequire(process.cwd() + '/')('amazon-cognito-identity-js');
const { COGNITO_POOL: UserPoolId, COGNITO_CLIENT: ClientId, COGNITO_ENDPOINT: endpoint } = process.env;
const [Username, Password, newPassword] = process.argv.slice(2);
const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint });
const claims = token => {
  const { sub, username, token_use, client_id, iss, exp, iat } = token.decodePayload();
  return { sub, username: username ?? '', token_use, client_id, iss, lifetime: exp - iat };
};
const user = new CognitoUser({ Username, Pool });
const challenges = [];
const show = result => console.log(JSON.stringify({ challenges, ...result }));
const failed = e => show({ error: e.code ?? e.name, message: e.message });
const done = session => user.refreshSession(session.getRefreshToken(), (e, later) => e ? failed(e) : show({
  claims: claims(session.getAccessToken()),
  refreshed: later.getAccessToken().getJwtToken() !== session.getAccessToken().getJwtToken() }));
user.authenticateUser(new AuthenticationDetails({ Username, Password }), {
  onSuccess: done,
  onFailure: failed,
  newPasswordRequired: () => {
    challenges.push('NEW_PASSWORD_REQUIRED');
    user.completeNewPasswordChallenge(newPassword, {}, { onSuccess: done, onFailure: failed });
  },
});
