/** How Chromium is started so that it has no way out of its own. */

/**
 * Arguments that leave a browser nothing but what it is handed: a proxy that is not there and a resolver that finds
 * nothing, for whatever should slip past the interception; no background traffic, no extensions, no profile that lasts.
 * @param memoryMb cap of one page's script heap
 */
export const chromiumArguments = (folder: string, memoryMb: number, debuggingPort: number): string[] => [
  '--headless=new',
  `--remote-debugging-port=${debuggingPort}`,
  `--user-data-dir=${folder}`,
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-client-side-phishing-detection',
  '--disable-domain-reliability',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,AutofillServerCommunication,CertificateTransparencyComponentUpdater,NetworkTimeServiceQuerying',
  '--disable-quic',
  '--dns-prefetch-disable',
  '--no-pings',
  '--mute-audio',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--blink-settings=imagesEnabled=false',
  `--js-flags=--max-old-space-size=${memoryMb}`,
  // Containers give no namespaces for a sandbox of its own: what holds the browser is its container or process, which
  // has no secrets and no way out.
  '--no-sandbox',
  'about:blank',
];
