'use strict';
// Called by CodeDeploy before a new version gets any traffic: calls that version, and says how it went.
const { LambdaClient, InvokeCommand } = require('@aws-sdk/client-lambda');
const { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } = require('@aws-sdk/client-codedeploy');

const lambda = new LambdaClient({});
const codedeploy = new CodeDeployClient({});
// The right to call this version is as new as the version, and takes seconds to arrive; so may a tick's turn.
const NOT_YET = ['AccessDeniedException', 'TooManyRequestsException', 'ResourceConflictException', 'SnapStartNotReadyException'];
const TRIES = 10;
const pause = () => new Promise((go) => setTimeout(go, Number(process.env.PAUSE_MILLIS || 6000)));

exports.handler = async (event) => {
  let wrong;
  try {
    wrong = fault(await call(TRIES));
  } catch (failure) {
    wrong = failure.name;
  }
  console.log(wrong ? `the new version fails: ${wrong}` : 'the new version answers');
  await codedeploy.send(new PutLifecycleEventHookExecutionStatusCommand({
    deploymentId: event.DeploymentId,
    lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
    status: wrong ? 'Failed' : 'Succeeded',
  }));
};

async function call(tries) {
  try {
    return await lambda.send(new InvokeCommand({ FunctionName: process.env.VERSION, Payload: Buffer.from(process.env.EVENT) }));
  } catch (failure) {
    if (tries <= 1 || !NOT_YET.includes(failure.name)) throw failure;
    await pause();
    return call(tries - 1);
  }
}

// A function that throws; an answer of HTTP that is a failure; a message that is returned.
function fault(answer) {
  if (answer.FunctionError) return answer.FunctionError;
  const said = JSON.parse(Buffer.from(answer.Payload).toString() || 'null') || {};
  if (said.statusCode >= 400) return `status ${said.statusCode}`;
  if (said.batchItemFailures && said.batchItemFailures.length > 0) return 'a message is returned';
  return undefined;
}
