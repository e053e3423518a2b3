#!/bin/sh
# Logs in, says something, and reads what has been said since, with nothing but curl and jq. curl does not stay and listen: ask
# again, with the id of the last message that you have. What came while you were away is in the answer.
#
#   SALON=http://127.0.0.1:3000 LOGIN=bruno PASSWORD=… WITH=amina docs/examples/curl.sh "The kettle is on."
set -eu
API=${SALON:-http://127.0.0.1:3000}/api/v1

# Whoever gets no answer asks again: what is said under the same key is said once.
ask() {
  curl --silent --show-error --fail-with-body --retry 5 --retry-connrefused -H "Content-Type: application/json" "$@"
}
as() { ask -H "Authorization: Bearer $ACCESS" "$@"; }

TOKENS=$(jq -n --arg login "$LOGIN" --arg password "$PASSWORD" '$ARGS.named' | ask --data @- "$API/tokens")
ACCESS=$(echo "$TOKENS" | jq -r .access_token)

TALK=$(jq -n --arg with "$WITH" '$ARGS.named' | as --data @- "$API/conversations" | jq .id)
KEY=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
SAID=$(jq -n --arg body "$1" --arg client_key "$KEY" '$ARGS.named' | as --data @- "$API/conversations/$TALK/messages" | jq .id)

# The access token is good for ten minutes; the refresh token, once, for the next two.
TOKENS=$(echo "$TOKENS" | jq '{refresh_token}' | ask --data @- "$API/tokens/refresh")
ACCESS=$(echo "$TOKENS" | jq -r .access_token)

# From that message on, page after page.
PAGE=$(as "$API/conversations/$TALK/messages?around=$SAID")
echo "$PAGE" | jq -r --argjson said "$SAID" '.items[] | select(.id >= $said) | "\(.sender): \(.body)"'
while NEWER=$(echo "$PAGE" | jq -er .newer); do
  PAGE=$(as "$API/conversations/$TALK/messages?cursor=$NEWER")
  echo "$PAGE" | jq -r '.items[] | "\(.sender): \(.body)"'
done

as -X DELETE "$API/tokens/current"
