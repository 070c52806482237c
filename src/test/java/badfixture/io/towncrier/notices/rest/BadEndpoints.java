package badfixture.io.towncrier.notices.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Endpoints that must be caught; the class has no path, so that nothing serves them. */
public class BadEndpoints {
  @GET
  public String noPolicy() {
    return "";
  }

  @DELETE
  @RolesAllowed({})
  public void noRole() {}

  @POST
  @RolesAllowed("administrator")
  public void unknownRole() {}

  @POST
  @Path("/v1/admin/open")
  @PermitAll
  public void openToAll() {}

  @POST
  @Path("/v1/admin/changed")
  @RolesAllowed({"viewer", "operator"})
  public void viewersChange() {}

  @GET
  @Path("/v1/admin/looked-at")
  @RolesAllowed("operator")
  public String viewersForgotten() {
    return "";
  }

  @POST
  @Path("/v1/hidden")
  @RolesAllowed("operator")
  public void operatorsElsewhere() {}
}
