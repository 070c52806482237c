package empty;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;

/** Answers with the same at any time. */
@Path("/v1/about")
public class EmptyResource {
  @GET
  public Map<String, Object> about() {
    return Map.of("name", "empty");
  }
}
