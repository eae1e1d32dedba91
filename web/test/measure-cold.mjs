// Prints the cost of a first visit over a slow network: npm run cold.

import { coldVisit, visitedBefore } from "./cold.mjs";
import { channel, closeBrowser, fill } from "./support.mjs";

const cleaning = [];
const scope = { after: (work) => cleaning.push(work) };
const print = (what, { ms, bytes, requests, sequential }) => console.log(`${what}: ${ms} ms, ${bytes} bytes in ${requests.length} requests, ${sequential} in sequence`);

try {
  const { server, ann, ben, chatId } = await channel(scope);
  await fill(server, ben, chatId, Array.from({ length: 40 }, (_, index) => `message ${index}: **bold** and a [link](https://example.org/${index})`));
  const entrance = await coldVisit(scope, server);
  print("the log-in can be typed into", await entrance.until("interactive"));
  const visit = await coldVisit(scope, server, { path: `/#${chatId}`, storage: visitedBefore(ann, chatId) });
  print("a message can be typed", await visit.until("interactive"));
  print("the first message is there", await visit.until("message"));
} finally {
  for (const work of cleaning.reverse()) await work();
  await closeBrowser();
}
