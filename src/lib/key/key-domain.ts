// The one domain in use: tokens of one project key in different domains cannot be joined; knows nothing of keys.

/** Domain of `hmac_sha256`. A change gives every token of every project another value. */
export const KEY_DOMAIN = 'default';
