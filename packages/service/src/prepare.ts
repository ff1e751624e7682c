/** Prepares the embedded stores at installation, so that the first start need not. */
import { embeddedCarrier } from '@newsloom/queue';
import { databaseOver, migrate, prepareTemplate } from '@newsloom/store';

await prepareTemplate(async (session) => {
  await migrate(databaseOver(session));
  await embeddedCarrier(session);
});
