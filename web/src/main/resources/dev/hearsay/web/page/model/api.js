// How the page asks its dashboard.

/** What shows that somebody may do more than look; empty where none is asked for. */
export let token = '';

export function authorize(secret) {
  token = secret;
}

/**
 * The status (0 if the dashboard does not answer), the answer, and in words what went wrong; nothing if all went well.
 *
 * @param kind what the answer is read as: json or blob
 */
export async function ask(path, method = 'GET', body = undefined, kind = 'json') {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token !== '') headers.Authorization = `Bearer ${token}`;
  try {
    const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const answer = await (response.ok ? response[kind]() : response.json());
    return { status: response.status, body: answer, wrong: response.ok ? '' : `${answer.detail} ${answer.hint ?? ''}`.trim() };
  } catch {
    return { status: 0, body: null, wrong: 'The dashboard does not answer.' };
  }
}
