/** The exceptions from cdk-nag's AwsSolutions, each with its reason. */
@NullMarked
package io.towncrier.infra.nag;

import org.jspecify.annotations.NullMarked;
