// A slow network in front of a server. The browser's own throttling delays requests but not WebSocket frames.

import { once } from "node:events";
import { connect, createServer } from "node:net";

const PACKET_BYTES = 1_460;

/** One direction: packets of all connections in turn, each for the time its bytes take. */
class Lane {
  #queues = [];
  #isBusy = false;

  constructor({ bytesPerSecond, roundTripMs }) {
    this.msPerByte = 1_000 / bytesPerSecond;
    this.delayMs = roundTripMs / 2;
  }

  send(queue, bytes) {
    if (queue.length === 0) this.#queues.push(queue);
    for (let begin = 0; begin < bytes.length; begin += PACKET_BYTES) queue.push(bytes.subarray(begin, begin + PACKET_BYTES));
    if (!this.#isBusy) this.#next();
  }

  #next() {
    const queue = this.#queues.shift();
    this.#isBusy = queue !== undefined;
    if (!queue) return;
    const packet = queue.shift();
    if (queue.length) this.#queues.push(queue);
    setTimeout(() => {
      setTimeout(() => queue.deliver(packet), this.delayMs);
      this.#next();
    }, packet.length * this.msPerByte);
  }
}

const queueTo = (socket) => Object.assign([], { deliver: (packet) => socket.writable && socket.write(packet) });

/** Listens in front of a server: the first bytes of a connection wait for the round trip of its handshake. */
export class SlowNetwork {
  #sockets = new Set();

  static async start(test, server, { bytesPerSecond, roundTripMs }) {
    const network = new SlowNetwork();
    const [up, down] = [new Lane({ bytesPerSecond, roundTripMs }), new Lane({ bytesPerSecond, roundTripMs })];
    const listener = createServer((near) => {
      const far = connect(server.port, "127.0.0.1");
      const opened = new Promise((resolve) => setTimeout(resolve, roundTripMs));
      const [toServer, toBrowser] = [queueTo(far), queueTo(near)];
      near.on("data", (bytes) => opened.then(() => up.send(toServer, bytes)));
      far.on("data", (bytes) => down.send(toBrowser, bytes));
      network.#join(near, far);
      network.#join(far, near);
    });
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    network.port = listener.address().port;
    test.after(() => {
      for (const socket of network.#sockets) socket.destroy();
      listener.close();
    });
    return network;
  }

  #join(socket, other) {
    this.#sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#sockets.delete(socket);
      other.destroySoon();
    });
  }
}
