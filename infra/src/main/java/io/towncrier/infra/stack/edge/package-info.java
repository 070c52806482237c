/** What stands between the internet and the functions: HTTP API, CDN and firewall. */
@NullMarked
package io.towncrier.infra.stack.edge;

import org.jspecify.annotations.NullMarked;
