/** What runs in a page before its own scripts: takes away the ways out that no interception sees. */

/** Sockets, peers and workers are gone before the page looks for them; pages that test for them do without. */
export const ISOLATING_SCRIPT = `(() => {
  for (const name of ['WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'RTCPeerConnection',
    'webkitRTCPeerConnection', 'SharedWorker', 'Worker']) {
    try { delete globalThis[name]; } catch {}
  }
  try { delete Navigator.prototype.serviceWorker; delete Navigator.prototype.sendBeacon; } catch {}
  try { globalThis.open = () => null; } catch {}
})();`;
